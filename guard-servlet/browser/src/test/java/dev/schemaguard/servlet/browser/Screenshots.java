// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Pictures of the pages. All are written below {@code target}; those that the documentation shows
 * are renewed there too, except where CI is set.
 */
final class Screenshots {

  private static final Path ALL = Path.of("target", "screenshots");
  private static final Path DOCS = Path.of("..", "..", "docs", "images");

  private static final List<String> SHOWN =
      List.of(
          "ops-migrations-behind-desktop-light",
          "ops-migrations-behind-phone-dark",
          "ops-migrations-up-to-date-desktop-light",
          "unavailable-phone-light");

  /** What differs from run to run. */
  private static final String WITHOUT_TIME =
      """
      () => {
        document.getElementById('checked')?.replaceChildren('Checked just now');
        for (const place of document.querySelectorAll('dd, .place strong')) {
          place.textContent = place.textContent.replace(/test\\d+/, 'orders');
        }
      }
      """;

  private Screenshots() {}

  /** Takes one of the whole page. */
  static void save(Page page, String title) throws IOException {
    String name = title.toLowerCase(Locale.ROOT).replace('_', '-');
    page.evaluate(WITHOUT_TIME);
    byte[] picture = page.screenshot(new Page.ScreenshotOptions().setFullPage(true));
    write(ALL.resolve(name + ".png"), picture);
    if (SHOWN.contains(name) && System.getenv("CI") == null) {
      write(DOCS.resolve(name + ".png"), picture);
    }
  }

  private static void write(Path file, byte[] picture) throws IOException {
    Files.createDirectories(file.getParent());
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), picture)) {
      Files.write(file, picture);
    }
  }
}
