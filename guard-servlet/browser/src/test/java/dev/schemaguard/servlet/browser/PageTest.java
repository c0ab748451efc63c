// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TenantSchemas;
import dev.schemaguard.testing.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person sees of {@code /ops/migrations}. */
@RequiresChromium
class PageTest {

  private static final String PAGE = "/ops/migrations";
  private static Chromium chromium;
  @TempDir private Path folder;
  private final TestDatabase database = H2.database();

  @BeforeAll
  static void start() {
    chromium = Chromium.shared();
  }

  private Site site(int applied, String... parameters) throws Exception {
    if (applied > 0) {
      Statewave.update(database.dataSource(), applied);
    }
    return site(database.dataSource(), parameters);
  }

  private Site site(DataSource dataSource, String... parameters) throws Exception {
    Map<String, String> all = new HashMap<>();
    all.put("schema-guard.application-version", "0.6.0");
    for (int i = 0; i < parameters.length; i += 2) {
      all.put(parameters[i], parameters[i + 1]);
    }
    return new Site(folder, dataSource, all);
  }

  private static Locator headline(Page page) {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(2)).first();
  }

  @Nested
  class Answers {

    @ParameterizedTest
    @CsvSource({
      "12, 0.6.0, Yes, ✔",
      "10, 0.6.0, Yes, ✔",
      "9, 0.6.0, No, ✖",
      "0, 0.6.0, No, ✖",
      "12, 0.5.0, No, ✖",
      "12, 7.0.0, Unknown, ?",
    })
    void mayIDeployInWordsAndBySign(int applied, String version, String answer, String sign)
        throws Exception {
      try (Site site = site(applied, "schema-guard.application-version", version);
          Tab tab = chromium.open(Look.DESKTOP_LIGHT).visit(site.address(PAGE))) {
        assertThat(headline(tab.page())).containsText(answer);
        assertThat(headline(tab.page())).containsText("statewave " + version);
        assertThat(tab.page().title()).startsWith(sign + " " + answer);
        assertThat(tab.page().getByText("What to do now")).isVisible();
        // The browser itself says that an answer was 503.
        assertThat(tab.complaints()).allMatch(said -> said.contains("a status of 503"));
      }
    }

    @Test
    void whatToDoStandsOnTheFirstScreen() throws Exception {
      try (Site site = site(9);
          Tab tab = chromium.open(Look.DESKTOP_LIGHT).visit(site.address(PAGE))) {
        Locator first = tab.page().getByText("Run this release's migrations").first();
        assertThat(first.boundingBox().y).isLessThan(Look.DESKTOP_LIGHT.height);
        assertThat(tab.page().getByText("3 pending").first()).isVisible();
      }
    }

    @Test
    void nothingOfThePlaceUnlessDetailsAreOn() throws Exception {
      DataSource gone =
          SimpleDataSource.of(
              () -> {
                throw new SQLException("Connection to pg3.internal:5432 refused", "08001");
              });
      try (Site site = site(gone);
          Tab tab = chromium.open(Look.DESKTOP_LIGHT).visit(site.address(PAGE))) {
        assertThat(headline(tab.page())).containsText("Unknown");
        assertThat(tab.page().content()).doesNotContain("pg3");
      }
      try (Site site = site(gone, "schema-guard.details", "true");
          Tab tab = chromium.open(Look.DESKTOP_LIGHT).visit(site.address(PAGE))) {
        assertThat(tab.page().getByText("pg3.internal:5432").first()).isVisible();
      }
    }

    @Test
    void markupInTheHistoryIsText() throws Exception {
      LiquibaseRun.ofXml(
              database.dataSource(),
              "db/changelog.xml",
              "<changeSet id=\"&lt;img src=x onerror=alert(1)&gt;\" author=\"a\">"
                  + "<sql>SELECT 1</sql></changeSet>")
          .update();
      try (Site site = site(0);
          Tab tab = chromium.open(Look.DESKTOP_LIGHT).visit(site.address(PAGE))) {
        assertThat(tab.page().getByText("<img src=x onerror=alert(1)>").first()).isVisible();
        assertThat(tab.page().locator("main img").count()).isZero();
        assertThat(tab.complaints()).isEmpty();
      }
    }
  }

  @Nested
  class OnEveryScreen {

    @ParameterizedTest
    @MethodSource("dev.schemaguard.servlet.browser.Look#all")
    void nobodyIsKeptOut(Look look) throws Exception {
      try (Site site = site(9, "schema-guard.details", "true");
          Tab tab = chromium.open(look).visit(site.address(PAGE))) {
        assertThat(tab.barriers()).isEqualTo(List.of());
        assertThat(tab.overflow()).isZero();
        Screenshots.save(tab.page(), "ops-migrations-behind-" + look);
      }
    }

    @ParameterizedTest
    @MethodSource("dev.schemaguard.servlet.browser.Look#all")
    void norWhereAllIsWell(Look look) throws Exception {
      try (Site site = site(12);
          Tab tab = chromium.open(look).visit(site.address(PAGE))) {
        assertThat(tab.barriers()).isEqualTo(List.of());
        assertThat(tab.overflow()).isZero();
        Screenshots.save(tab.page(), "ops-migrations-up-to-date-" + look);
      }
    }

    @ParameterizedTest
    @MethodSource("dev.schemaguard.servlet.browser.Look#extremes")
    void norWhereTenantsDiffer(Look look) throws Exception {
      TenantSchemas tenants = TenantSchemas.in(database);
      String longest = "tenant_" + "the_company_with_the_long_name_".repeat(2);
      tenants.with("tenant_anna", "tenant_ben", "tenant_cleo", longest);
      tenants.behind("tenant_ben", 1).behind(longest, 4).failed("tenant_cleo");
      String parameter = "schema-guard.schemas";
      try (Site site = site(0, parameter, "tenant%", "schema-guard.details", "true");
          Tab tab = chromium.open(look).visit(site.address(PAGE))) {
        Locator table = tab.page().locator(".tenants table");
        assertThat(table.locator("tbody tr").first()).containsText("tenant_cleo");
        assertThat(tab.page().locator(".counts")).containsText("✖ 1 FAILED");
        assertThat(tab.barriers()).isEqualTo(List.of());
        assertThat(tab.overflow()).isZero();
        Screenshots.save(tab.page(), "ops-migrations-tenants-" + look);
      }
    }

    @Test
    void lightAndDarkDiffer() throws Exception {
      try (Site site = site(12);
          Tab light = chromium.open(Look.DESKTOP_LIGHT).visit(site.address(PAGE));
          Tab dark = chromium.open(Look.DESKTOP_DARK).visit(site.address(PAGE))) {
        String back = "getComputedStyle(document.documentElement).backgroundColor";
        assertThat(light.page().evaluate(back)).isNotEqualTo(dark.page().evaluate(back));
      }
    }
  }

  @Nested
  class OfTheGrid {

    @ParameterizedTest
    @CsvSource({"DESKTOP_LIGHT, 9", "PHONE_LIGHT, 9", "PHONE_LIGHT, 1"})
    void theColumnOfTheDatabaseIsInSight(Look look, int applied) throws Exception {
      try (Site site = site(applied, "schema-guard.environment", "staging");
          Tab tab = chromium.open(look).visit(site.address(PAGE))) {
        BoundingBox column = tab.page().locator("#grid thead th.here").boundingBox();
        BoundingBox corner = tab.page().locator("#grid .corner").boundingBox();
        BoundingBox grid = tab.page().locator("#grid").boundingBox();
        assertThat(column.x).isGreaterThanOrEqualTo(corner.x + corner.width - 1);
        assertThat(column.x + column.width).isLessThanOrEqualTo(grid.x + grid.width);
        assertThat(tab.page().locator("h1")).containsText("staging");
      }
    }
  }

  @Nested
  class ByKeyboard {

    @Test
    void theGridIsReachedAndMoved() throws Exception {
      try (Site site = site(9);
          Tab tab = chromium.open(Look.PHONE_LIGHT).visit(site.address(PAGE))) {
        for (int i = 0; i < 10 && !tab.focused().equals("grid"); i++) {
          tab.page().keyboard().press("Tab");
        }
        assertThat(tab.focused()).isEqualTo("grid");
        assertThat(
                tab.page()
                    .evaluate("getComputedStyle(document.getElementById('grid')).outlineStyle"))
            .isNotEqualTo("none");
        // Scrolling takes some frames; the page's policy keeps out a script that waits for it. On a
        // busy machine, the browser may drop the first one.
        String moved = "document.getElementById('grid').scrollLeft > 0";
        Patience.until(
            "the grid has moved",
            Duration.ofSeconds(30),
            () -> {
              tab.page().keyboard().press("ArrowRight");
              return (Boolean) tab.page().evaluate(moved);
            });
      }
    }
  }

  @Nested
  class WhileSomebodyLooks {

    @Test
    void aChangeIsShownAndNothingElseMoves() throws Exception {
      try (Site site = site(9);
          Tab tab = chromium.open(Look.PHONE_LIGHT).visit(site.address(PAGE))) {
        Page page = tab.page();
        page.locator("#grid").focus();
        page.evaluate("document.getElementById('grid').scrollLeft = 40");
        double place = page.locator("#grid").boundingBox().y;
        Statewave.update(database.dataSource(), 3);

        assertThat(headline(page)).containsText("Yes");
        assertThat(page.locator("#notice")).containsText("Changed");
        assertThat(tab.focused()).isEqualTo("grid");
        assertThat(page.evaluate("document.getElementById('grid').scrollLeft")).isEqualTo(40);
        assertThat(page.locator("#grid").boundingBox().y).isCloseTo(place, within(2.0));
        assertThat(tab.complaints()).isEmpty();
      }
    }

    @Test
    void anAnswerEveryTenthOfASecondIsNoReasonToAskSoOften() throws Exception {
      try (Site site = site(12, "schema-guard.refresh-interval", "100ms");
          Tab tab = chromium.open(Look.DESKTOP_LIGHT).visit(site.address(PAGE))) {
        assertThat(headline(tab.page())).containsText("Yes");
      }
    }

    @Test
    void anUnchangedAnswerTouchesNothing() throws Exception {
      try (Site site = site(9);
          Tab tab = chromium.open(Look.DESKTOP_LIGHT).visit(site.address(PAGE))) {
        tab.page().evaluate("document.querySelector('main').firstElementChild.dataset.seen = 'x'");
        tab.page().waitForResponse(response -> response.url().endsWith(PAGE), () -> {});
        tab.page().waitForResponse(response -> response.url().endsWith(PAGE), () -> {});
        assertThat(tab.page().locator("main > [data-seen=x]").count()).isEqualTo(1);
      }
    }

    @Test
    void aServerThatIsGoneIsSaid() throws Exception {
      try (Site site = site(12);
          Tab tab = chromium.open(Look.DESKTOP_LIGHT).visit(site.address(PAGE))) {
        site.stop();
        assertThat(tab.page().locator("#notice")).containsText("the server does not respond");
        assertThat(tab.page().locator("#notice")).isVisible();
        assertThat(tab.page().title()).startsWith("⚠");
      }
    }

    @Test
    void nobodyElseIsAsked() throws Exception {
      try (Site site = site(9);
          Tab tab = chromium.open(Look.DESKTOP_LIGHT).visit(site.address(PAGE))) {
        tab.page().waitForResponse(response -> response.url().endsWith(PAGE), () -> {});
        URI own = URI.create(site.address(""));
        assertThat(tab.hosts()).containsExactly(own.getHost() + ":" + own.getPort());
        assertThat(tab.complaints()).isEmpty();
      }
    }
  }

  @Nested
  class InFrontOfVisitors {

    @ParameterizedTest
    @MethodSource("dev.schemaguard.servlet.browser.Look#all")
    void thePageOfAnUnavailableApplicationIsOrderly(Look look) throws Exception {
      try (Site site =
              site(9, "schema-guard.mode", "strict", "schema-guard.on-refusal", "serve-503");
          Tab tab = chromium.open(look).visit(site.address("/any/page"))) {
        assertThat(tab.page().getByRole(AriaRole.HEADING).first()).containsText("statewave");
        assertThat(tab.barriers()).isEqualTo(List.of());
        assertThat(tab.overflow()).isZero();
        Screenshots.save(tab.page(), "unavailable-" + look);
      }
    }

    @Test
    void itComesAfterAFormWasSentWithoutSendingItAgain() throws Exception {
      try (Site site =
              site(9, "schema-guard.mode", "strict", "schema-guard.on-refusal", "serve-503");
          Tab tab = chromium.open(Look.DESKTOP_LIGHT)) {
        tab.page().clock().install();
        tab.page()
            .setContent(
                "<form method=post action='"
                    + site.address("/any/page")
                    + "'><input name=a value=b><button>Send</button></form>");
        tab.page().getByText("Send").click();
        assertThat(tab.page().getByText("Try again").first()).isVisible();
        Statewave.update(database.dataSource(), 3);
        Patience.until("serves", Duration.ofSeconds(10), () -> site.serves("/any/page"));
        List<String> methods = new CopyOnWriteArrayList<>();
        tab.page().onRequest(request -> methods.add(request.method()));
        tab.page().clock().runFor(11_000);
        assertThat(tab.page().getByText("Not Found").first()).isVisible();
        assertThat(methods).contains("GET").doesNotContain("POST");
      }
    }

    @Test
    void theApplicationComesByItselfOnceItServes() throws Exception {
      try (Site site =
              site(9, "schema-guard.mode", "strict", "schema-guard.on-refusal", "serve-503");
          Tab tab = chromium.open(Look.DESKTOP_LIGHT)) {
        tab.page().clock().install();
        tab.visit(site.address("/any/page"));
        assertThat(tab.page().getByText("Try again").first()).isVisible();
        Statewave.update(database.dataSource(), 3);
        Patience.until("serves", Duration.ofSeconds(10), () -> site.serves("/any/page"));
        tab.page().clock().runFor(11_000);
        assertThat(tab.page().getByText("Not Found").first()).isVisible();
      }
    }
  }
}
