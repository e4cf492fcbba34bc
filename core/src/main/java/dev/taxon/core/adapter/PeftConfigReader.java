package dev.taxon.core.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.JsonFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads adapter_config.json. What it asks for is honoured, without meaning for inference, or refused by its name. */
final class PeftConfigReader {
    private static final double LARGEST_ALPHA = 1e6;

    /** How PEFT calls its fields; another key may be anybody's words, which no message quotes. */
    private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]{0,59}");

    /** How an adapter was begun, trained and found; which layers it changes is told by its tensors. */
    private static final Set<String> WITHOUT_MEANING = Set.of(
            "auto_mapping",
            "base_model_name_or_path",
            "ensure_weight_tying",
            "eva_config",
            "exclude_modules",
            "inference_mode",
            "layers_pattern",
            "layers_to_transform",
            "lora_dropout",
            "megatron_core",
            "peft_version",
            "qalora_group_size",
            "r",
            "rank_pattern",
            "revision",
            "runtime_config",
            "target_modules",
            "task_type");

    private static final Set<String> HONOURED = Set.of(
            "init_lora_weights",
            "alpha_pattern",
            "bias",
            "lora_alpha",
            "lora_bias",
            "modules_to_save",
            "peft_type",
            "use_rslora");

    /** Beginnings that leave the base as it is; others (pissa, olora, corda, loftq) are updates of a base that they changed. */
    private static final Set<String> BEGINNINGS = Set.of("true", "false", "gaussian", "orthogonal", "eva");

    private PeftConfigReader() {}

    static PeftConfig read(String source, byte[] json) {
        JsonFile file = JsonFile.ofCustomer(source, json);
        file.only("peft_type", "LORA", "LORA");
        file.only("bias", "none", "none");
        refuseOthers(source, file.node());
        refuseChangedBase(file);
        double alpha = alpha(source, "lora_alpha", file.number("lora_alpha", 8));
        return new PeftConfig(
                alpha, file.flag("use_rslora", false), new AlphaPatterns(alphas(source, file), source), saved(file));
    }

    private static void refuseChangedBase(JsonFile file) {
        JsonNode beginning = file.node().path("init_lora_weights");
        if (!beginning.isMissingNode() && isSet(beginning) && !BEGINNINGS.contains(beginning.asText())) {
            throw file.wrong(
                    "init_lora_weights",
                    "true, false, gaussian, orthogonal or eva: others change the base itself, and PEFT's"
                            + " save_pretrained(path_initial_model_for_weight_conversion=...) makes updates of the base of them");
        }
    }

    private static void refuseOthers(String source, JsonNode node) {
        node.properties().forEach(entry -> {
            String key = entry.getKey();
            if (!HONOURED.contains(key) && !WITHOUT_MEANING.contains(key) && isSet(entry.getValue())) {
                throw new CheckpointException(
                        "%s: %s is set, which Taxon does not support; it reads LoRA, rsLoRA, alpha_pattern and modules_to_save."
                                .formatted(source, FIELD.matcher(key).matches() ? key : "a field of no known name"));
            }
        });
    }

    private static boolean isSet(JsonNode value) {
        if (value.isNull() || (value.isContainerNode() && value.isEmpty())) {
            return false;
        }
        return !value.isBoolean() || value.booleanValue();
    }

    private static Map<String, Double> alphas(String source, JsonFile file) {
        Map<String, Double> alphas = new LinkedHashMap<>();
        file.object("alpha_pattern")
                .ifPresent(patterns -> patterns.node().properties().forEach(entry -> {
                    String place = "entry " + (alphas.size() + 1) + " of alpha_pattern";
                    alphas.put(entry.getKey(), alpha(source, place, entry.getValue()));
                }));
        return alphas;
    }

    /** Patterns are written by hand, so that entries are named by their place. */
    private static double alpha(String source, String place, JsonNode value) {
        if (!value.isNumber()) {
            throw new CheckpointException("%s: %s is no number, as each alpha must be.".formatted(source, place));
        }
        return alpha(source, place, value.doubleValue());
    }

    private static double alpha(String source, String place, double value) {
        if (!(Math.abs(value) <= LARGEST_ALPHA)) {
            throw new CheckpointException(
                    "%s: %s is %s; an alpha is a number up to %s.".formatted(source, place, value, LARGEST_ALPHA));
        }
        return value;
    }

    private static List<String> saved(JsonFile file) {
        return file.has("modules_to_save") ? file.strings("modules_to_save") : List.of();
    }
}
