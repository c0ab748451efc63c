// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

/**
 * Thrown if a request cannot be answered as requested. The problem quotes no part of the request.
 */
final class RequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient HttpProblem problem;

  RequestException(int status, String title, String detail) {
    super(detail, null, false, false);
    this.problem = new HttpProblem(status, title, detail, null);
  }

  /** Returns the exception for an invalid request; the detail says what would be valid. */
  static RequestException badRequest(String detail) {
    return new RequestException(400, "Bad Request", detail);
  }

  HttpProblem problem() {
    return problem;
  }
}
