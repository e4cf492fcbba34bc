package dev.taxon.sdk.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;

/** Writes a label back as short as it can be read. */
final class LabelWriter extends JsonSerializer<Label> {

    @Override
    public void serialize(Label label, JsonGenerator json, SerializerProvider provider) throws IOException {
        if (label.bare()) {
            json.writeString(label.name());
            return;
        }
        json.writeStartObject();
        json.writeStringField("name", label.name());
        if (label.description() != null) {
            json.writeStringField("description", label.description());
        }
        if (label.threshold() != null) {
            json.writeNumberField("threshold", label.threshold());
        }
        json.writeEndObject();
    }
}
