// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.JsonObject;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong, as <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a> has it.
 *
 * @param code the code of a problem of the schema's, whose page the type leads to; null for a
 *     problem of the request
 */
record HttpProblem(int status, String title, String detail, @Nullable String code) {

  private static final String PAGES = "https://schemaguard.dev/docs/problems/";

  private static final String UNFIT =
      "the application serves requests again once the schema of its database fits";

  /**
   * Why an application does not serve.
   *
   * @param details whether the names of migrations may be shown
   */
  static HttpProblem of(MigrationStatus status, boolean details) {
    Problem problem = status.problem();
    String detail = details ? status.summary() : UNFIT;
    return problem == null
        ? new HttpProblem(503, "Service Unavailable", detail, null)
        : new HttpProblem(503, problem.title(), detail, problem.code());
  }

  /** Why nothing can be said: matrix and history cannot be compared. What exactly, the log says. */
  static HttpProblem ofConfiguration() {
    return new HttpProblem(
        503,
        "Schema Guard cannot use its configuration",
        "the log of the application says what is wrong",
        ConfigurationException.CODE);
  }

  Reply reply() {
    JsonObject json =
        new JsonObject()
            .put("type", code == null ? "about:blank" : PAGES + code)
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    if (code != null) {
      json.put("code", code);
    }
    return Reply.json(status, "application/problem+json", json);
  }
}
