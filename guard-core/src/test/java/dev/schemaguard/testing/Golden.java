// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that are laid down word by word in {@code src/test/resources}. */
public final class Golden {

  private static final Path EXPECTED = Path.of("src/test/resources");
  private static final Path ACTUAL = Path.of("target/golden");

  private Golden() {}

  /** Compares verbatim; what differs is left in {@code target/golden}, to be read and copied. */
  public static void assertMatches(String file, String actual) {
    try {
      Path expected = EXPECTED.resolve(file);
      String text = Files.exists(expected) ? text(file) : "";
      if (!text.equals(actual)) {
        Path written = ACTUAL.resolve(file);
        Files.createDirectories(written.getParent());
        Files.writeString(written, actual + "\n");
      }
      assertThat(actual).as(expected + ", as it is now: " + ACTUAL.resolve(file)).isEqualTo(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text that is laid down, without the line break that ends its file. */
  public static String text(String file) throws IOException {
    return Files.readString(EXPECTED.resolve(file), StandardCharsets.UTF_8).replaceAll("\n$", "");
  }
}
