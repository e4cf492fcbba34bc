/** Keeps child processes running: started in order, restarted when they die, stopped in reverse order. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.supervise;
