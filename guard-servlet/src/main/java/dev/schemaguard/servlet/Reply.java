// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.status.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a request is answered with, whole before the first byte of it is sent. Nothing keeps it: it
 * is the truth of one moment.
 *
 * @param headers those that this answer alone has
 */
record Reply(int status, String contentType, String body, Map<String, String> headers) {

  private static final String POLICY = "Content-Security-Policy";

  /** JSON, of a media type of its own where it says what is wrong. */
  static Reply json(int status, String contentType, JsonObject json) {
    return new Reply(status, contentType, json + "\n", Map.of())
        .with(POLICY, "default-src 'none'; frame-ancestors 'none'");
  }

  /** JSON. */
  static Reply json(int status, JsonObject json) {
    return json(status, "application/json", json);
  }

  /** A document to look at. */
  static Reply html(int status, String document, String contentSecurityPolicy) {
    return new Reply(status, "text/html;charset=utf-8", document, Map.of())
        .with(POLICY, contentSecurityPolicy);
  }

  /** The same with one more header. */
  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, body, more);
  }

  /** Sends it; for HEAD all but the body. */
  void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(contentType);
    response.setContentLength(bytes.length);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    headers.forEach(response::setHeader);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(bytes);
    }
  }
}
