package dev.taxon.training.data.validation;

import java.nio.file.Path;

/** A file and what it is for; several files of one role are one part. */
public record DataPart(Role role, Path file) {}
