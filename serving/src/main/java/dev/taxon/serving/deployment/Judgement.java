package dev.taxon.serving.deployment;

import java.util.OptionalDouble;

/**
 * What an evaluation found of a version.
 *
 * @param macroF1 empty where rows differ in the labels that they offer
 */
record Judgement(OptionalDouble macroF1, double accuracy) {}
