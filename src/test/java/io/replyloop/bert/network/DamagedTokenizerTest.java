package io.replyloop.bert.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.tokenizer.BoundedPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tokenizer that is damaged, or that would make work without bound, is refused with a message that names its file. */
class DamagedTokenizerTest extends CopiedCheckpoint {
    @BeforeEach
    void copyAWholeCheckpoint() throws IOException {
        copy("bert-2labels");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "normalizer | {'type':'Replace','pattern':{'String':'e'},'content':'LONG'} | normalizer Replace | 16"
                        + " times",
                "normalizer | {'type':'Replace','pattern':{'Regex':'x*'},'content':'LONG'} | normalizer Replace | 16"
                        + " times",
                "normalizer | {'type':'Prepend','prepend':'LONG'} | normalizer Prepend | 16 times",
                "normalizer | DOUBLING | normalizers[4] Replace | 16 times",
                "normalizer | MANY | normalizer | 64 steps",
                "normalizer | {'type':'Replace','pattern':{'Regex':'(a+)+$'},'content':''} | Replace | without bound",
                "pre_tokenizer | {'type':'Split','pattern':{'Regex':'(?:ab)*c'},'behavior':'Isolated','invert':false}"
                        + " | Split | without bound",
                "pre_tokenizer | {'type':'Split','pattern':{'Regex':'a*a*a*b'},'behavior':'Removed','invert':true} |"
                        + " Split | without bound",
                "pre_tokenizer | {'type':'Split','pattern':{'Regex':'(.)\\\\1+'},'behavior':'Isolated','invert':false}"
                        + " | Split | without bound",
                "model | 1000000 | WordPiece | max_input_chars_per_word",
            })
    void a_tokenizer_whose_texts_grow_or_take_time_without_bound(String part, String value, String step, String why)
            throws IOException {
        Path file = folder.resolve("tokenizer.json");
        ObjectNode json = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
        String doubled = "{'type':'Replace','pattern':{'String':'e'},'content':'ee'},";
        String plain = "{'type':'Lowercase'},";
        String text = value.replace("LONG", "long ".repeat(10))
                .replace("DOUBLING", "{'type':'Sequence','normalizers':[" + doubled.repeat(29) + plain + "]}")
                .replace("MANY", "{'type':'Sequence','normalizers':[" + plain.repeat(70) + "]}")
                .replace(",]", "]")
                .replace('\'', '"');
        if (part.equals("model")) {
            ((ObjectNode) json.get("model")).set("max_input_chars_per_word", JSON.readTree(text));
        } else {
            json.set(part, JSON.readTree(text));
        }
        Files.write(file, JSON.writeValueAsBytes(json));
        assertRefused("tokenizer.json", step, why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\s+",
                " {2,}",
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "[一-龥]",
                "(?:[0-9]{1,3})?x"
            })
    void ordinary_expressions_of_tokenizers_are_used(String expression) {
        assertThat(BoundedPattern.isBounded(expression)).isTrue();
    }

    @Test
    void a_tokenizer_that_cannot_make_two_lines() throws IOException {
        for (String token : List.of("\u010a", "<|endoftext|>")) {
            copy("gpt2");
            changeTokenizer(json -> {
                ((ObjectNode) json.at("/model/vocab")).remove(token);
                json.putArray("added_tokens");
            });
            assertRefused("tokenizer.json", token, "post_processor");
        }
        copy("gpt2");
        changeTokenizer(json -> ((ObjectNode) json.at("/added_tokens/0")).put("id", 480));
        assertRefused("tokenizer.json", "id 480", "vocab_size 480");
        copy("xlnet");
        changeTokenizer(json -> json.putNull("post_processor"));
        assertRefused("tokenizer.json", "post_processor");
    }

    @Test
    void a_tokenizer_that_is_none() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"Nonsense\"}}");
        assertRefused("tokenizer.json");
        Files.delete(folder.resolve("tokenizer.json"));
        assertRefused("tokenizer.json", "vocab.txt");
    }

    @Test
    void a_tokenizer_of_another_model() throws IOException {
        Path other = ReferenceCheckpoint.named("roberta").directory().resolve("tokenizer.json");
        Files.write(folder.resolve("tokenizer.json"), Files.readAllBytes(other));
        assertRefused("tokenizer.json", "vocab_size 254");
    }
}
