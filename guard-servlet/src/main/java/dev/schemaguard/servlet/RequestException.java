// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

/** A request that is not answered as it asks; the problem quotes nothing of it. */
final class RequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient HttpProblem problem;

  RequestException(int status, String title, String detail) {
    super(detail, null, false, false);
    this.problem = new HttpProblem(status, title, detail, null);
  }

  /** One that means nothing; the detail says what would. */
  static RequestException badRequest(String detail) {
    return new RequestException(400, "Bad Request", detail);
  }

  HttpProblem problem() {
    return problem;
  }
}
