// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The help on the pages, by keyboard and without scripts. */
@RequiresChromium
class AdviceTest {

  private static final String PAGE = "/ops/migrations";
  private static Chromium chromium;
  @TempDir private Path folder;
  private final TestDatabase database = H2.database();

  @BeforeAll
  static void start() {
    chromium = Chromium.shared();
  }

  /** An application whose migration lock has been held for two days. */
  private Site site(String mode) throws Exception {
    Statewave.update(database.dataSource(), 9);
    database.execute(
        "UPDATE DATABASECHANGELOGLOCK SET LOCKED = TRUE, LOCKEDBY = 'job',"
            + " LOCKGRANTED = DATEADD('HOUR', -48, CURRENT_TIMESTAMP)");
    return new Site(
        folder,
        database.dataSource(),
        Map.of(
            "schema-guard.application-version", "0.6.0",
            "schema-guard.mode", mode,
            "schema-guard.on-refusal", "serve-503",
            "schema-guard.details", "true"));
  }

  @Test
  void aCommandIsCopiedByKeyboard() throws Exception {
    try (Site site = site("warn");
        Tab tab = chromium.open(Look.PHONE_LIGHT).visit(site.address(PAGE))) {
      Page page = tab.page();
      Locator copy = page.locator(".copy").first();
      copy.focus();
      page.keyboard().press("Enter");

      assertThat(copy).hasText("Copied");
      assertThat(page.evaluate("navigator.clipboard.readText()"))
          .isEqualTo("liquibase release-locks");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void theCausesAndRemediesUnfoldByKeyboardAndStayOpen() throws Exception {
    try (Site site = site("warn");
        Tab tab = chromium.open(Look.PHONE_LIGHT).visit(site.address(PAGE))) {
      Page page = tab.page();
      page.locator("#problem-more").focus();
      page.keyboard().press("Enter");
      assertThat(page.getByText("What not to do")).isVisible();
      database.execute("UPDATE DATABASECHANGELOGLOCK SET LOCKEDBY = 'another job'");

      assertThat(page.locator("main")).containsText("another job");
      assertThat(page.getByText("What not to do")).isVisible();
      assertThat(tab.focused()).isEqualTo("problem-more");
    }
  }

  @Test
  void everythingIsThereWithoutScripts() throws Exception {
    try (Site site = site("warn");
        Tab tab = chromium.openWithoutScripts(Look.PHONE_LIGHT).visit(site.address(PAGE))) {
      Page page = tab.page();
      assertThat(page.locator(".command").first()).hasText("liquibase release-locks");
      assertThat(page.locator(".copy")).hasCount(0);
      page.locator("#problem-more").click();
      assertThat(page.getByText("What not to do")).isVisible();
    }
  }

  @Test
  void theApplicationIsReachedAfterAFormWithoutScripts() throws Exception {
    try (Site site = site("strict");
        Tab tab = chromium.openWithoutScripts(Look.PHONE_LIGHT)) {
      Page page = tab.page();
      page.setContent(
          "<form method=post action='"
              + site.address("/any/page")
              + "'><input name=a value=b><button>Send</button></form>");
      page.getByText("Send").click();
      assertThat(page.getByText("Try again").first()).isVisible();
      database.execute("UPDATE DATABASECHANGELOGLOCK SET LOCKED = FALSE");
      Statewave.update(database.dataSource(), 3);
      Patience.until("serves", Duration.ofSeconds(10), () -> site.serves("/any/page"));
      page.getByText("Try again").last().click();

      assertThat(page.getByText("Not Found").first()).isVisible();
    }
  }
}
