// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A new version of docs/why/performance.md, as far as a benchmark writes it. */
public final class PerformancePage {

  private static final String PAGE = "why/performance.md";
  private static final String END = "<!-- end -->";

  private PerformancePage() {}

  /**
   * Replaces what stands between the marks of a table; where there are none, nothing.
   *
   * @param table what its mark calls it: {@code <!-- measured: checks -->}
   */
  public static void write(String table, List<String> measured) throws IOException {
    String mark = "<!-- measured: %s -->".formatted(table);
    Path page = Document.generated(PAGE);
    List<String> lines = Files.readAllLines(newest(page, Document.root().resolve("docs/" + PAGE)));
    int begin = lines.indexOf(mark);
    if (begin >= 0) {
      int end = begin + lines.subList(begin, lines.size()).indexOf(END);
      List<String> written = new ArrayList<>(lines.subList(0, begin + 1));
      written.addAll(measured);
      written.addAll(lines.subList(end, lines.size()));
      Files.write(page, written);
    }
  }

  /** Writes a picture that a benchmark has made, to be copied into docs/images. */
  public static void image(String name, String svg) throws IOException {
    Files.writeString(Document.generated("images/" + name), svg);
  }

  /** The page that another benchmark has generated, unless it was copied into docs since. */
  private static Path newest(Path generated, Path committed) throws IOException {
    boolean isNewer =
        Files.exists(generated)
            && Files.getLastModifiedTime(generated).compareTo(Files.getLastModifiedTime(committed))
                > 0;
    return isNewer ? generated : committed;
  }
}
