// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.status.JsonObject;
import jakarta.servlet.http.HttpServletRequest;

/** The liveness probe: 200, whatever the schema is like, for no restart cures a schema. */
public final class LivenessServlet extends PageServlet {

  private static final long serialVersionUID = 1L;

  /** For the container. */
  public LivenessServlet() {
    super(Page.LIVENESS);
  }

  @Override
  Reply reply(ContextGuard here, HttpServletRequest request) {
    return Reply.json(200, new JsonObject().put("status", "alive"));
  }
}
