// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static dev.schemaguard.report.Html.tag;
import static dev.schemaguard.report.Html.text;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantsStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The page that answers "may I deploy?" for people: the verdict, what to do now and who should do
 * it, the evidence, and the grid of versions and revisions. It is one HTML document without any
 * external request; every colour is accompanied by a symbol; all content is escaped.
 *
 * <p>It shows everything that the status contains. For public pages, pass {@link
 * MigrationStatus#redacted()}.
 */
public final class StatusPage {

  private static final InlineCode STYLE = InlineCode.of("page.css");
  private static final InlineCode SCRIPT = InlineCode.of("page.js");
  private static final String FILE_POLICY = Page.policy(STYLE);
  private static final String LIVE_POLICY = Page.livePolicy(STYLE, SCRIPT);
  private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(1);

  private final CompatibilityGrid grid;
  private final @Nullable MigrationStatus status;
  private final @Nullable Duration refresh;
  private final @Nullable String environment;
  private final @Nullable String wholeGrid;

  private StatusPage(
      CompatibilityGrid grid,
      @Nullable MigrationStatus status,
      @Nullable Duration refresh,
      @Nullable String environment,
      @Nullable String wholeGrid) {
    this.environment = environment;
    this.wholeGrid = wholeGrid;
    this.grid = grid;
    this.status = status;
    this.refresh = refresh;
  }

  /**
   * Returns the page as a file, without any script, and with the whole grid.
   *
   * @param status where a database is; null if none was checked, to show the grid alone
   */
  public static String of(CompatibilityGrid grid, @Nullable MigrationStatus status) {
    return of(grid, status, null);
  }

  /**
   * Returns the page as a file, as {@link #of(CompatibilityGrid, MigrationStatus)} does, with the
   * name of the environment.
   *
   * @param status the status of a database; null if none was checked, to show the grid alone
   * @param environment null if it has no name
   */
  public static String of(
      CompatibilityGrid grid, @Nullable MigrationStatus status, @Nullable String environment) {
    return new StatusPage(grid, status, null, environment, null).document();
  }

  /**
   * Returns the page as it is served. Its script requests the same address as {@code text/html}
   * repeatedly while the page is visible; without scripts it is a static page. It shows the whole
   * grid, which may be large.
   *
   * @param refresh the time between one response and the next request; at least a second
   * @throws IllegalArgumentException if {@code refresh} is shorter
   */
  public static String live(CompatibilityGrid grid, MigrationStatus status, Duration refresh) {
    return live(grid, status, refresh, null, null);
  }

  /**
   * Returns the page as it is served, as {@link #live(CompatibilityGrid, MigrationStatus,
   * Duration)} does. It also shows the name of the environment, so that staging and production do
   * not look alike, and only the part of a large grid that is relevant to this status.
   *
   * @param environment null if it has no name
   * @param wholeGrid the address of the page that shows the whole grid, for a link; null to show
   *     all of it here
   * @throws IllegalArgumentException if {@code refresh} is shorter than a second
   */
  public static String live(
      CompatibilityGrid grid,
      MigrationStatus status,
      Duration refresh,
      @Nullable String environment,
      @Nullable String wholeGrid) {
    if (refresh.compareTo(SHORTEST_REFRESH) < 0) {
      throw new IllegalArgumentException(
          "the page refreshes at most once a second, not every " + refresh);
    }
    return new StatusPage(grid, status, refresh, environment, wholeGrid).document();
  }

  /**
   * Returns the value of the header {@code Content-Security-Policy} for either form of the page. It
   * allows the style and the script of this page, by their hashes, and nothing else.
   */
  public static String contentSecurityPolicy() {
    return Page.header(LIVE_POLICY);
  }

  private String document() {
    Html root =
        tag("html", head(), tag("body", header(), notice(), main(), script())).with("lang", "en");
    return "<!doctype html>\n"
        + (refresh == null ? root : root.with("data-refresh", String.valueOf(refresh.toMillis())))
        + "\n";
  }

  private Html head() {
    String policy = refresh == null ? FILE_POLICY : LIVE_POLICY;
    if (status == null) {
      return Page.head(plainTitle(), policy, STYLE, Html.NONE);
    }
    VerdictSection verdict = new VerdictSection(status);
    Html icon = Html.single("link").with("rel", "icon").with("href", verdict.look().icon());
    return Page.head(
        verdict.title() + (environment == null ? "" : ", " + environment), policy, STYLE, icon);
  }

  private String plainTitle() {
    return (grid.application() == null ? "" : grid.application() + ": ") + "schema compatibility";
  }

  private Html header() {
    if (status == null) {
      return tag("header", tag("h1", plainTitle()));
    }
    return tag(
        "header",
        tag(
            "h1",
            text(Formats.name(status) + " "),
            environment == null ? Html.NONE : tag("strong", environment).in("environment"),
            text(" "),
            tag("small", "schema compatibility")),
        tag(
                "p",
                text("Checked "),
                Formats.time(status.checkedAt()),
                text(" in " + status.duration().toMillis() + " ms"),
                tag("span").with("id", "ago"))
            .with("id", "checked"));
  }

  private Html main() {
    Html content = new GridSection(grid, status, wholeGrid).html();
    return tag("main", status == null ? content : Html.all(sections(status), content))
        .with("data-page", "schema-guard");
  }

  private static Html sections(MigrationStatus known) {
    TenantsStatus tenants = known.tenants();
    return Html.all(
        new VerdictSection(known).html(),
        new AdviceSection(known).html(),
        tenants == null ? Html.NONE : new TenantsSection(tenants).html(),
        new FactsSection(known).html(),
        new RevisionsSection(known).html());
  }

  /**
   * Returns the element in which the script announces what a viewer might miss: a change, or a
   * failed refresh.
   */
  private Html notice() {
    return refresh == null
        ? Html.NONE
        : tag("p").with("id", "notice").with("role", "status").with("aria-live", "polite");
  }

  private Html script() {
    return refresh == null ? Html.NONE : SCRIPT.in("script");
  }
}
