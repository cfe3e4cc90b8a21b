/** A name of the browser's fetch that the types of `@hono/node-server` use and the types of Node leave out. */
type RequestInfo = string | URL | Request
