package dev.probity.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** nginx as a plain reverse proxy, set to do as little as it can. */
final class Nginx implements Contender {
  private static final String CONFIGURATION =
      """
      daemon off;
      worker_processes 2;
      worker_rlimit_nofile 16384;
      pid %1$s/nginx.pid;
      error_log %1$s/error.log;
      events { worker_connections 8192; }
      http {
        access_log off;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        tcp_nodelay on;
        keepalive_requests 1000000000;
        client_body_buffer_size 128k;
        client_max_body_size 64m;
        upstream provider {
          server 127.0.0.1:%2$d;
          keepalive 1024;
          keepalive_requests 1000000000;
        }
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        server {
          listen 127.0.0.1:%3$d backlog=4096;
          location / { proxy_pass http://provider; }
        }
        server {
          listen 127.0.0.1:%4$d backlog=4096;
          location / { proxy_pass http://provider; proxy_buffering off; }
        }
      }
      """;

  private final ProcessTree processes;
  private final int plainPort;
  private final int streamPort;

  Nginx(String binary, Path folder, int providerPort) throws IOException {
    Files.createDirectories(folder);
    plainPort = Ports.free();
    streamPort = Ports.free();
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration, CONFIGURATION.formatted(folder, providerPort, plainPort, streamPort));
    Process process =
        new ProcessBuilder(binary, "-p", folder.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile())
            .start();
    processes = new ProcessTree(process.toHandle());
    Ports.awaitListening(streamPort, process);
  }

  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public int port(Workload workload) {
    return workload.streams() ? streamPort : plainPort;
  }

  @Override
  public String key() {
    return "sk-bench";
  }

  @Override
  public Optional<ProcessTree> processes() {
    return Optional.of(processes);
  }

  @Override
  public void close() {
    processes.stop();
  }
}
