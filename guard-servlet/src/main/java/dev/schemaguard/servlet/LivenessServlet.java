// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.status.JsonObject;
import jakarta.servlet.http.HttpServletRequest;

/** The liveness probe. It always returns 200, because a restart cannot fix a schema. */
public final class LivenessServlet extends PageServlet {

  private static final long serialVersionUID = 1L;

  /** Creates the servlet; called by the container. */
  public LivenessServlet() {
    super(Page.LIVENESS);
  }

  @Override
  Reply reply(ContextGuard here, HttpServletRequest request) {
    return Reply.json(200, new JsonObject().put("status", "alive"));
  }
}
