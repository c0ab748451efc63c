// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The examples of the pages on servlet containers. */
final class Guide {

  private Guide() {}

  /** The only example in a language that holds {@code part}. */
  static String example(String language, String part) {
    try {
      Path docs = Path.of("../../docs");
      String guide =
          Files.readString(docs.resolve("start/servlet.md"))
              + Files.readString(docs.resolve("reference/servlet.md"));
      List<String> found =
          Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
              .matcher(guide)
              .results()
              .map(block -> block.group(1))
              .filter(text -> text.contains(part))
              .toList();
      if (found.size() != 1) {
        throw new AssertionError(found.size() + " examples hold " + part);
      }
      return found.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
