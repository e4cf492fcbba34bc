"""Checkpoints of the released shapes with random weights (speed does not depend on them), saved as the reference saves them."""

from gliclass import GLiClassModel, GLiClassModelConfig
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, DebertaV2Config, ModernBertConfig, PreTrainedTokenizerFast


def bert():
    return BertConfig(
        vocab_size=30525, hidden_size=384, num_hidden_layers=12, num_attention_heads=12, intermediate_size=1536,
        max_position_embeddings=512)


def modernbert(hidden, layers, heads, intermediate):
    return ModernBertConfig(
        vocab_size=50371, hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=heads,
        intermediate_size=intermediate, pad_token_id=0, cls_token_id=1, sep_token_id=2, bos_token_id=1, eos_token_id=2)


def deberta():
    return DebertaV2Config(
        vocab_size=128004, hidden_size=768, num_hidden_layers=12, num_attention_heads=12, intermediate_size=3072,
        max_position_embeddings=512, relative_attention=True, position_buckets=256, norm_rel_ebd="layer_norm",
        share_att_key=True, pos_att_type=["p2c", "c2p"], position_biased_input=False, type_vocab_size=0,
        layer_norm_eps=1e-7)


SHAPES = {
    "edge": lambda: modernbert(384, 10, 6, 576),
    "modern-base": lambda: modernbert(768, 22, 12, 1152),
    "deberta-v3-base": deberta,
    "bge-small": bert,
}


def markers(encoder):
    """Ids of <<LABEL>>, <<SEP>> and <<EXAMPLE>>: the last three."""
    return encoder.vocab_size - 3, encoder.vocab_size - 2, encoder.vocab_size - 1


def checkpoint(shape, folder):
    """A GLiClass model of a shape in evaluation mode, saved into a folder."""
    encoder = SHAPES[shape]()
    mark, separator, example = markers(encoder)
    config = GLiClassModelConfig(
        encoder_config=encoder, encoder_model_name="none", class_token_index=mark, text_token_index=separator,
        example_token_index=example, hidden_size=encoder.hidden_size, pooling_strategy="first", scorer_type="simple",
        class_token_pooling="first", prompt_first=True, architecture_type="uni-encoder", embed_class_token=True)
    model = GLiClassModel(config, from_pretrained=False)
    model.save_pretrained(folder)
    tokenizer(encoder.vocab_size).save_pretrained(folder)
    return model.eval()


def tokenizer(vocabulary):
    words = {f"word{number}": number for number in range(vocabulary - 3)}
    for special, number in {"[PAD]": 0, "[UNK]": 100, "[CLS]": 101, "[SEP]": 102}.items():
        del words[f"word{number}"]
        words[special] = number
    whole = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    whole.pre_tokenizer = pre_tokenizers.Whitespace()
    whole.add_special_tokens(["<<LABEL>>", "<<SEP>>", "<<EXAMPLE>>"])
    return PreTrainedTokenizerFast(
        tokenizer_object=whole, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]")
