// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static dev.schemaguard.report.Html.tag;
import static dev.schemaguard.report.Html.text;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.Verdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The page that a visitor of the application sees while the application does not serve because of
 * its schema. Its tone is friendly. It is one HTML document without any external request; its
 * script loads the application as soon as it serves again.
 */
public final class UnavailablePage {

  private static final InlineCode STYLE = InlineCode.of("unavailable.css");
  private static final InlineCode SCRIPT = InlineCode.of("unavailable.js");
  private static final String POLICY = Page.livePolicy(STYLE, SCRIPT);

  /** The verdicts that a migration fixes, so that one is probably under way. */
  private static final Set<Verdict> BEING_UPDATED = Set.of(Verdict.BEHIND, Verdict.UNINITIALIZED);

  private UnavailablePage() {}

  /**
   * Returns the page for an environment without a name.
   *
   * @param details whether it also says why, and what to do; otherwise a visitor sees only the
   *     problem code
   */
  public static String of(MigrationStatus status, boolean details) {
    return of(status, details, null);
  }

  /**
   * Returns the page.
   *
   * @param details whether it also says why, what to do, for which database and in which
   *     environment; otherwise a visitor sees only the problem code
   * @param environment null if it has no name
   */
  public static String of(MigrationStatus status, boolean details, @Nullable String environment) {
    String headline = headline(status);
    Problem problem = status.problem();
    Html main =
        tag(
            "main",
            tag("h1", headline),
            tag("p", "Please try again in a few minutes."),
            tag("p", tag("a", "Try again").with("href", "")),
            problem != null && details ? details(problem, environment) : Html.NONE,
            problem == null ? Html.NONE : tag("p", tag("code", problem.code())).in("code"));
    return "<!doctype html>\n"
        + tag(
                "html",
                Page.head(headline, POLICY, STYLE, Html.NONE),
                tag("body", main, SCRIPT.in("script")))
            .with("lang", "en")
        + "\n";
  }

  /** Returns the value of the header {@code Content-Security-Policy} for this page. */
  public static String contentSecurityPolicy() {
    return Page.header(POLICY);
  }

  private static String headline(MigrationStatus status) {
    String application = status.application();
    String name = application == null ? "This application" : application;
    boolean updated = status.migrationLock() != null || BEING_UPDATED.contains(status.verdict());
    return name + (updated ? " is being updated" : " is not available right now");
  }

  private static Html details(Problem problem, @Nullable String environment) {
    return tag(
            "section",
            tag("h2", problem.title()),
            named("Database ", problem.database()),
            named("Environment ", environment),
            tag("p", "Why: " + problem.why()),
            tag("h2", "What to do"),
            Formats.alternatives(problem.actions()))
        .in("details");
  }

  private static Html named(String label, @Nullable String name) {
    return name == null ? Html.NONE : tag("p", text(label), tag("strong", name));
  }
}
