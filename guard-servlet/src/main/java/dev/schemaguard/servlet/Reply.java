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
 * The response to a request, which is complete before its first byte is sent. It must not be
 * cached, because it describes one moment.
 *
 * @param headers the headers of this response only
 */
record Reply(int status, String contentType, String body, Map<String, String> headers) {

  private static final String POLICY = "Content-Security-Policy";

  /** Returns a JSON response with the given media type, such as that of an error. */
  static Reply json(int status, String contentType, JsonObject json) {
    return new Reply(status, contentType, json + "\n", Map.of())
        .with(POLICY, "default-src 'none'; frame-ancestors 'none'");
  }

  /** Returns a response with the media type {@code application/json}. */
  static Reply json(int status, JsonObject json) {
    return json(status, "application/json", json);
  }

  /** Returns an HTML response. */
  static Reply html(int status, String document, String contentSecurityPolicy) {
    return new Reply(status, "text/html;charset=utf-8", document, Map.of())
        .with(POLICY, contentSecurityPolicy);
  }

  /** Returns this response with one more header. */
  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, body, more);
  }

  /** Sends the response; for HEAD, without the body. */
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
