// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The documentation of one problem, collapsed. The page includes it because the problem code alone
 * does not help.
 */
final class ProblemPage {

  private static final String FOLDER = "/dev/schemaguard/problems/";
  private static final String FIRST_PART = "\n## ";

  private ProblemPage() {}

  /**
   * Returns the causes and remedies of a problem without its example, which the status page already
   * shows.
   */
  static Html of(String code) {
    String text = read(code);
    int start = text.indexOf(FIRST_PART);
    return start < 0
        ? Html.NONE
        : Html.tag(
                "details",
                Html.tag("summary", "Causes and remedies of " + code).with("id", "problem-more"),
                Html.tag("pre", text.substring(start).strip()).in("problem"))
            .with("id", "problem");
  }

  private static String read(String code) {
    try (InputStream in = ProblemPage.class.getResourceAsStream(FOLDER + code + ".md")) {
      return in == null ? "" : new String(in.readAllBytes(), UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
