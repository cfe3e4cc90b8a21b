/**
 * Stands in for `hono/ws` in the type check (`paths` of tsconfig.json). `@hono/node-server` names it, its declarations
 * need the browser's library, and this server opens no web socket.
 */
export type UpgradeWebSocket<Socket = unknown, Options = unknown> = (options: Options) => Socket
