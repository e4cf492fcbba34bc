/** Learning from rewards (PPO, arXiv 1707.06347): what an answer is worth, advantages, settings, and when to stop. */
@org.jspecify.annotations.NullMarked
package dev.taxon.training.policy;
