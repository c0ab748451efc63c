// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.browser;

import com.microsoft.playwright.Page;
import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Pictures of the pages. Those that the documentation shows are left to be copied there; with
 * {@code -Dscreenshots} there are pictures of all pages, in {@code target/screenshots}.
 */
final class Screenshots {

  private static final Path ALL = Path.of("target", "screenshots");

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

  /** Takes one of the whole page, if it is wanted. */
  static void save(Page page, String title) throws IOException {
    String name = title.toLowerCase(Locale.ROOT).replace('_', '-');
    if (SHOWN.contains(name)) {
      save(page, Document.generated("images/" + name + ".png"));
    } else if (System.getProperty("screenshots") != null) {
      save(page, ALL.resolve(name + ".png"));
    }
  }

  private static void save(Page page, Path file) {
    page.evaluate(WITHOUT_TIME);
    page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(file));
  }
}
