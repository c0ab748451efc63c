// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.status.JsonObject;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Stale;
import dev.schemaguard.status.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The readiness probe, from memory: 200 where this instance should get requests, ready or degraded;
 * 503 where not. With reasons.
 */
public final class ReadinessServlet extends PageServlet {

  private static final long serialVersionUID = 1L;

  /** For the container. */
  public ReadinessServlet() {
    super(Page.READINESS);
  }

  @Override
  Reply reply(ContextGuard here, HttpServletRequest request) {
    return here.guard().map(guard -> reply(here, guard)).orElseGet(ReadinessServlet::inactive);
  }

  private static Reply reply(ContextGuard here, SchemaGuard guard) {
    // While the filter refuses requests, no other one may be sent here.
    Readiness readiness = here.isOpen() ? guard.readiness() : Readiness.NOT_READY;
    MigrationStatus status = here.shown(guard.status());
    Problem problem = status.problem();
    return Reply.json(
        readiness.isServing() ? 200 : 503,
        new JsonObject()
            .put("status", readiness.name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .put("verdict", status.verdict().name())
            .put("problem", problem == null ? null : problem.code())
            .put("reasons", reasons(status, here.details())));
  }

  /** Names of migrations are for those who may see details. */
  private static List<String> reasons(MigrationStatus status, boolean details) {
    List<String> reasons = new ArrayList<>();
    Problem problem = status.problem();
    if (problem != null) {
      reasons.add(details ? status.summary() : problem.title());
    }
    Stale stale = status.stale();
    if (stale != null) {
      reasons.add("no new answer since " + stale.since() + ": " + stale.error());
    }
    return reasons;
  }

  /** Nothing is known that speaks against it. */
  private static Reply inactive() {
    return Reply.json(
        200,
        new JsonObject()
            .put("status", "ready")
            .put("verdict", (String) null)
            .put("problem", (String) null)
            .put("reasons", List.of("Schema Guard is inactive")));
  }
}
