import type { IncomingMessage, ServerResponse } from 'node:http';

/** Something that goes wrong: for requests whose `METHOD /path` matches, so many times. */
export interface Fault {
  readonly on: RegExp;
  /** @default always */
  readonly times?: number;
  /** Answers in place of the registry; `pass` lets the registry answer, with what the fault has done to the response. */
  answer(request: IncomingMessage, response: ServerResponse, pass: () => void): void;
}

type Answer = Fault['answer'];

/** The ready-made answers. */
export const faults = {
  status: (status: number, headers: Readonly<Record<string, string>> = {}, body = ''): Answer => (_request, response) => {
    response.writeHead(status, headers).end(body);
  },
  /** The connection is cut. */
  reset: (): Answer => request => {
    request.socket.resetAndDestroy();
  },
  /** Nothing more is ever said. */
  stall: (): Answer => () => undefined,
  /** The head comes, and the body stands still after some bytes. */
  stallBody: (): Answer => (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{');
  },
  /** Less than was announced, and the connection is closed. */
  truncate: (announced: number, sent: Buffer): Answer => (request, response) => {
    response.writeHead(200, { 'content-length': String(announced) });
    response.write(sent, () => request.socket.destroy());
  },
  /** Other content than what was asked for. */
  body: (body: Buffer, headers: Readonly<Record<string, string>> = {}): Answer => (_request, response) => {
    response.writeHead(200, { 'content-length': String(body.length), ...headers }).end(body);
  },
  /** So many bytes are announced; the body is as long as the reader can stand. */
  announce: (bytes: number): Answer => (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(bytes) });
    pour(response);
  },
  /** A body without an end. */
  endless: (): Answer => (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    pour(response);
  },
  redirect: (location: string | ((request: IncomingMessage) => string), status = 307): Answer => (request, response) => {
    response.writeHead(status, { location: typeof location === 'string' ? location : location(request) }).end();
  },
  /** The right body under a header that says something else. */
  header: (name: string, value: string): Answer => (_request, response, pass) => {
    const { writeHead } = response;
    response.writeHead = ((status: number, headers: Record<string, string>) => {
      return writeHead.call(response, status, { ...headers, [name]: value });
    }) as typeof response.writeHead;
    pass();
  },
  /** Everything later than usual, in milliseconds. */
  delay: (milliseconds: number): Answer => (_request, _response, pass) => {
    setTimeout(pass, milliseconds);
  },
} as const;

function pour(response: ServerResponse): void {
  // What is written there goes nowhere, and never has to wait.
  if (response.req.method === 'HEAD') return void response.end();
  const chunk = Buffer.alloc(64 * 1024, ' ');
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}
