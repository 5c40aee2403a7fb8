import { totalmem } from 'node:os'

/** How the embedded PostgreSQL runs: on a Unix socket alone, with its share of the machine's memory. */
export function postgresSettings(socketFolder: string): Record<string, string> {
  const megabytes = Math.floor(totalmem() / 1024 / 1024)
  return {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    port: '5432',
    max_connections: '100',
    shared_buffers: `${Math.max(128, Math.min(1024, Math.floor(megabytes / 8)))}MB`,
    effective_cache_size: `${Math.max(256, Math.floor(megabytes / 2))}MB`,
    work_mem: '32MB',
    maintenance_work_mem: `${Math.max(64, Math.min(512, Math.floor(megabytes / 16)))}MB`,
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
  }
}
