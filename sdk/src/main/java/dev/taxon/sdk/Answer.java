package dev.taxon.sdk;

import java.net.http.HttpHeaders;

/** An answer of status 2xx. */
record Answer<T>(int status, HttpHeaders headers, T body) {}
