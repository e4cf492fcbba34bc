package dev.taxon.serving.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What a host's name means at the moment, which its owner may change from one question to the next. Thread-safe. */
@FunctionalInterface
interface NameService {

    /** All addresses of a host, one at least. */
    InetAddress[] addresses(String host) throws UnknownHostException;
}
