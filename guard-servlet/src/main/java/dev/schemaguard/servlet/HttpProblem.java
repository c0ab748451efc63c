// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.JsonObject;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error response according to <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC
 * 9457</a>.
 *
 * @param code the code of a schema problem, which becomes the type; null for a problem with the
 *     request
 */
record HttpProblem(int status, String title, String detail, @Nullable String code) {

  /** A URN and not a URL: the page of the code is in the documentation and in the status page. */
  private static final String TYPE = "urn:schema-guard:problem:";

  private static final String UNFIT =
      "the application serves requests again once the schema of its database fits";

  /**
   * Returns why an application does not serve requests.
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

  /**
   * Returns the problem that matrix and history cannot be compared. The log contains the details.
   */
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
            .put("type", code == null ? "about:blank" : TYPE + code)
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    if (code != null) {
      json.put("code", code);
    }
    return Reply.json(status, "application/problem+json", json);
  }
}
