/** PPO (arXiv 1707.06347) on an adapter: rows that are answered, rewarded and learned from, and when a policy runs away. */
@NullMarked
package dev.taxon.training.ppo;

import org.jspecify.annotations.NullMarked;
