/** What people say of answers: taken in, made into data sets, and handed to training from rewards. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.feedback;
