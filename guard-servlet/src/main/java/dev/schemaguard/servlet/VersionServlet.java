// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.status.JsonObject;
import dev.schemaguard.status.MigrationStatus;
import jakarta.servlet.http.HttpServletRequest;

/** Returns the running version and its row of the matrix, from memory; always 200. */
public final class VersionServlet extends PageServlet {

  private static final long serialVersionUID = 1L;

  /** Creates the servlet; called by the container. */
  public VersionServlet() {
    super(Page.VERSION);
  }

  @Override
  Reply reply(ContextGuard here, HttpServletRequest request) {
    return Reply.json(200, here.guard().map(VersionServlet::row).orElseGet(() -> version(here)));
  }

  private static JsonObject row(SchemaGuard guard) {
    MigrationStatus status = guard.status();
    return new JsonObject()
        .put("version", status.appVersion())
        .put("application", status.application())
        .put("matrix_row", status.matrixRow())
        .put("expected_head", status.expectedHead())
        .put("min_compatible_revision", status.minCompatibleRevision())
        .put("max_compatible_revision", status.maxCompatibleRevision());
  }

  private static JsonObject version(ContextGuard here) {
    return new JsonObject().put("version", here.version().orElse(null));
  }
}
