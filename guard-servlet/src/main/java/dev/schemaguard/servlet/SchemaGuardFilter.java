// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.report.UnavailablePage;
import dev.schemaguard.status.MigrationStatus;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/**
 * Answers every request with 503 and the problem, from memory, while the start of a web application
 * was refused but its context stays ({@code schema-guard.on-refusal} is {@code serve-503}). Once
 * the schema is compatible, requests pass permanently, without a restart. The guard's own pages
 * always pass.
 */
public final class SchemaGuardFilter implements Filter {

  /** Creates the filter; called by the container. */
  public SchemaGuardFilter() {}

  /**
   * Looks up the guard.
   *
   * @throws dev.schemaguard.matrix.ConfigurationException if the listener has not run in this
   *     context
   */
  @Override
  public void init(FilterConfig config) {
    ContextGuard unused = ContextGuard.of(config.getServletContext());
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    ContextGuard here = ContextGuard.of(request.getServletContext());
    if (request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse answer
        && !here.isOpen()
        && !Page.isAskedFor(http)) {
      unavailable(here, http).send(http, answer);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static Reply unavailable(ContextGuard here, HttpServletRequest request) {
    SchemaGuard guard = here.guard().orElseThrow();
    return reply(here, guard, Representation.accepted(request))
        .with("Retry-After", seconds(guard.refreshInterval()))
        .with("Vary", "Accept");
  }

  private static Reply reply(ContextGuard here, SchemaGuard guard, Representation asked) {
    MigrationStatus status = guard.status().withoutRestart();
    return switch (asked) {
      case JSON -> HttpProblem.of(status, here.details()).reply();
      case HTML ->
          Reply.html(
              503,
              UnavailablePage.of(status, here.details(), guard.environmentName().orElse(null)),
              UnavailablePage.contentSecurityPolicy());
    };
  }

  /** The schema is not checked again before this time. */
  private static String seconds(Duration interval) {
    return String.valueOf(Math.max(1, interval.toSeconds()));
  }
}
