// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static dev.schemaguard.report.Html.single;
import static dev.schemaguard.report.Html.tag;
import static dev.schemaguard.report.Html.text;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.Verdict;
import java.util.Set;

/**
 * What a visitor of the application sees while it does not serve because of its schema. Gentle
 * words, and a reload every few seconds; one HTML document without script or outside request.
 */
public final class UnavailablePage {

  private static final InlineCode STYLE = InlineCode.of("unavailable.css");
  private static final String POLICY = Page.policy(STYLE);
  private static final String RELOAD_SECONDS = "20";

  /** What a migration cures, so that one is probably on its way. */
  private static final Set<Verdict> BEING_UPDATED = Set.of(Verdict.BEHIND, Verdict.UNINITIALIZED);

  private UnavailablePage() {}

  /**
   * The page.
   *
   * @param details whether it also says why, and what to do; else a visitor learns the problem's
   *     code alone
   */
  public static String of(MigrationStatus status, boolean details) {
    String headline = headline(status);
    Problem problem = status.problem();
    Html reload = single("meta").with("http-equiv", "refresh").with("content", RELOAD_SECONDS);
    Html main =
        tag(
            "main",
            tag("h1", headline),
            tag("p", "Please try again in a few minutes. This page reloads itself."),
            problem != null && details ? details(problem) : Html.NONE,
            problem == null ? Html.NONE : tag("p", tag("code", problem.code())).in("code"));
    return "<!doctype html>\n"
        + tag("html", Page.head(headline, POLICY, STYLE, reload), tag("body", main))
            .with("lang", "en")
        + "\n";
  }

  /** The value of the header {@code Content-Security-Policy} under which to serve it. */
  public static String contentSecurityPolicy() {
    return Page.header(POLICY);
  }

  private static String headline(MigrationStatus status) {
    String application = status.application();
    String name = application == null ? "This application" : application;
    boolean updated = status.migrationLock() != null || BEING_UPDATED.contains(status.verdict());
    return name + (updated ? " is being updated" : " is not available right now");
  }

  private static Html details(Problem problem) {
    return tag(
            "section",
            tag("h2", problem.title()),
            tag("p", text("Why: " + problem.why())),
            tag("h2", "What to do"),
            Wording.list(problem.actions()))
        .in("details");
  }
}
