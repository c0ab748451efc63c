// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonObjectTest {

  @Nested
  class Shape {

    @Test
    void anEmptyObjectIsTwoBraces() {
      assertThat(new JsonObject()).hasToString("{}");
    }

    @Test
    void everyKindOfValueIsIndentedByItsDepth() {
      JsonObject json =
          new JsonObject()
              .put("text", "a")
              .put("none", (String) null)
              .put("number", -7)
              .put("yes", true)
              .put("list", List.of("a", "b"))
              .put("nothing", List.of())
              .putObject("object", inner -> inner.put("deep", 1).putObject("empty", deep -> {}))
              .putObject("absent", null)
              .putObjects("objects", List.of(one -> one.put("n", 1), two -> two.put("n", 2)))
              .putObjects("noObjects", List.of());

      assertThat(json)
          .hasToString(
              """
              {
                "text": "a",
                "none": null,
                "number": -7,
                "yes": true,
                "list": ["a", "b"],
                "nothing": [],
                "object": {
                  "deep": 1,
                  "empty": {}
                },
                "absent": null,
                "objects": [
                  {
                    "n": 1
                  },
                  {
                    "n": 2
                  }
                ],
                "noObjects": []
              }""");
    }

    @Test
    void itsTextMayBeReadMoreThanOnce() {
      JsonObject json = new JsonObject().put("a", 1);

      assertThat(json.toString()).isEqualTo(json.toString());
      assertThat(json.put("b", 2)).hasToString("{\n  \"a\": 1,\n  \"b\": 2\n}");
    }
  }

  @Nested
  class Strings {

    @ParameterizedTest(name = "U+{0} is written {1}")
    @CsvSource(
        quoteCharacter = '`',
        value = {
          "0022, \\\"",
          "005c, \\\\",
          "000a, \\n",
          "000d, \\r",
          "0009, \\t",
          "0000, \\u0000",
          "0008, \\u0008",
          "000c, \\u000c",
          "001b, \\u001b",
          "001f, \\u001f",
          "2028, \\u2028",
          "2029, \\u2029",
          "d800, \\ud800",
          "dfff, \\udfff",
          "002f, /",
          "00e4, ä",
          "4e2d, 中",
        })
    void escapeWhatJsonOrAScriptWouldTrip(String codeUnit, String written) {
      String value = String.valueOf((char) Integer.parseInt(codeUnit, 16));

      assertThat(new JsonObject().put("k", value))
          .hasToString("{\n  \"k\": \"" + written + "\"\n}");
    }

    @Test
    void writeACharacterBeyondTheBasicPlaneAsAPair() {
      assertThat(new JsonObject().put("k", "😀")).hasToString("{\n  \"k\": \"\\ud83d\\ude00\"\n}");
    }

    @Test
    void areEscapedAsKeysAndInListsToo() {
      assertThat(new JsonObject().put("a\"b", List.of("c\nd")))
          .hasToString("{\n  \"a\\\"b\": [\"c\\nd\"]\n}");
    }

    @Test
    void comeBackAsTheyWere() {
      Random random = new Random(7);
      for (int i = 0; i < 2_000; i++) {
        StringBuilder any = new StringBuilder();
        for (int c = random.nextInt(12); c >= 0; c--) {
          any.append(
              (char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
        }
        String value = any.toString();
        String json = new JsonObject().put("k", value).toString();

        assertThat(JsonText.parse(json)).isEqualTo(Map.of("k", value));
        // Nothing is lost on the way through UTF-8 either, whatever half a pair is in it.
        assertThat(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
            .isEqualTo(json);
      }
    }
  }

  @Test
  void everyKindOfValueComesBackAsItWas() {
    String json =
        new JsonObject()
            .put("min", Long.MIN_VALUE)
            .put("no", false)
            .putObjects("o", List.of(one -> one.put("l", List.of("x")), two -> {}))
            .toString();

    assertThat(JsonText.parse(json))
        .isEqualTo(
            Map.ofEntries(
                entry("min", Long.MIN_VALUE),
                entry("no", false),
                entry("o", List.of(Map.of("l", List.of("x")), Map.of()))));
  }
}
