package dev.taxon.serving.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Something that happened to a job.
 *
 * @param number counts a job's events from 1
 * @param kind what happened, in a word
 */
public record StoredEvent(int number, String kind, JsonNode data, Instant at) {}
