/**
 * Which versions of adapters answer, and how a change of that reaches every node: ADR 15.
 *
 * <p>{@link dev.taxon.serving.deployment.Deployments} changes it, {@link dev.taxon.serving.deployment.AdapterAdmission}
 * tells a request which version it gets.
 */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.deployment;
