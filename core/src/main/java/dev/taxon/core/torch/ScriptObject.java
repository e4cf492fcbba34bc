package dev.taxon.core.torch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A module of a program, with the values of its attributes.
 *
 * @param source the source file whose class of the same name, in capitals, it is of
 * @param attributes by name: Boolean, Integer, Double, String, a Map of one of these by String, another module, or {@link
 *     ScriptArchive#NONE}
 */
public record ScriptObject(String source, Map<String, Object> attributes) {
    public ScriptObject {
        attributes = new LinkedHashMap<>(attributes);
    }

    String module() {
        return "__torch__." + source;
    }

    String className() {
        StringBuilder name = new StringBuilder();
        for (String word : source.split("_")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return name.toString();
    }

    /** With those that every module has. */
    Map<String, Object> allAttributes() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("training", false);
        all.put("_is_full_backward_hook", ScriptArchive.NONE);
        all.putAll(attributes);
        return all;
    }
}
