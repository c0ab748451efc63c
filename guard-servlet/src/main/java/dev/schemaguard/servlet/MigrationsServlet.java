// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.report.StatusPage;
import dev.schemaguard.status.JsonObject;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/**
 * Returns the status of the schema, from memory, as JSON or as a page for a browser. The response
 * is 200 if the status could be determined, whatever the verdict; otherwise 503 with the same body.
 * {@code ?app-version=0.5.0} queries the database for the status that 0.5.0 would have. This
 * requires an {@link Access}, and only one such query runs at a time.
 */
public final class MigrationsServlet extends PageServlet {

  private static final long serialVersionUID = 1L;

  /** The maximum number of names in a list over HTTP; the command line prints all of them. */
  private static final int LONGEST_LIST = 100;

  private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(1);

  /** A page with the whole grid may be a megabyte, so it refreshes less often. */
  private static final Duration SHORTEST_REFRESH_OF_A_WHOLE_GRID = Duration.ofMinutes(1);

  private final transient OtherVersion otherVersion = new OtherVersion();

  /** Creates the servlet; called by the container. */
  public MigrationsServlet() {
    super(Page.MIGRATIONS);
  }

  @Override
  Reply reply(ContextGuard here, HttpServletRequest request) {
    Query query = new Query(request.getQueryString());
    Representation asked = Representation.of(request, query.value("format"));
    GridAddress grid = GridAddress.of(query);
    String version = query.value("app-version");
    return here.guard()
        .map(
            guard ->
                version == null || version.isBlank()
                    ? reply(here, guard, guard.status(), false, asked, grid)
                    : reply(
                        here, guard, otherVersion.status(here, guard, version), true, asked, grid))
        .orElseGet(
            () -> new HttpProblem(404, "Not Found", "Schema Guard is inactive", null).reply())
        .with("Vary", "Accept");
  }

  /**
   * Returns the status in the requested format.
   *
   * @param byName whether the request names a version: then a missing row of the matrix is a valid
   *     result
   */
  private static Reply reply(
      ContextGuard here,
      SchemaGuard guard,
      MigrationStatus told,
      boolean byName,
      Representation asked,
      GridAddress grid) {
    MigrationStatus status = here.shown(told);
    Verdict verdict = status.verdict();
    int code = verdict.isKnown() || (byName && verdict == Verdict.UNKNOWN_VERSION) ? 200 : 503;
    return switch (asked) {
      case JSON -> {
        JsonObject json = new JsonObject();
        status.writeTo(json, LONGEST_LIST);
        yield Reply.json(code, json);
      }
      case HTML ->
          Reply.html(
              code,
              StatusPage.live(
                  here.grid(guard),
                  status,
                  refresh(guard, grid),
                  guard.environmentName().orElse(null),
                  grid.ofWhole()),
              StatusPage.contentSecurityPolicy());
    };
  }

  /** Returns how often the page refreshes: as often as the status can change, within limits. */
  private static Duration refresh(SchemaGuard guard, GridAddress grid) {
    Duration interval = guard.refreshInterval();
    Duration shortest = grid.isOfWhole() ? SHORTEST_REFRESH_OF_A_WHOLE_GRID : SHORTEST_REFRESH;
    return interval.compareTo(shortest) < 0 ? shortest : interval;
  }
}
