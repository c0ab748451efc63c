// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The machine's own browser, started when the first test asks for it. It ends with this JVM, which
 * holds the pipe to it.
 */
final class Chromium {

  private static final Path BINARY = Path.of("/usr/bin/chromium");

  private static final List<String> QUIETLY =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private static final class Shared {
    static final Chromium RUNNING = new Chromium();
  }

  private final Browser browser;

  private Chromium() {
    browser =
        Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
            .chromium()
            .launch(new LaunchOptions().setExecutablePath(BINARY).setArgs(QUIETLY));
  }

  /** The browser of all tests. */
  static Chromium shared() {
    return Shared.RUNNING;
  }

  /** Whether it is there; an error where CI is set and it is not. */
  static boolean isInstalled() {
    boolean installed = Files.isExecutable(BINARY);
    if (!installed && System.getenv("CI") != null) {
      throw new IllegalStateException("there is no " + BINARY);
    }
    return installed;
  }

  /** A window of its own, with nothing kept of others. */
  Tab open(Look look) {
    return new Tab(browser, look, true);
  }

  /** Opens a window in which pages have no scripts. */
  Tab openWithoutScripts(Look look) {
    return new Tab(browser, look, false);
  }
}
