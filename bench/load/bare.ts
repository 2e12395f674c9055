// The raw limit: a Fastify server whose handler hands out bytes that are there already, as many as it is asked for.
import Fastify from 'fastify';

const http = Fastify({ logger: false });
const bodies = new Map<number, Buffer>();
http.get<{ Params: { bytes: string } }>('/:bytes', (request, reply) => {
  const bytes = Number(request.params.bytes);
  let body = bodies.get(bytes);
  if (!body) {
    body = Buffer.alloc(bytes, '{"a":1} ');
    bodies.set(bytes, body);
  }
  return reply.type('application/json; charset=utf-8').send(body);
});
await http.listen({ host: '127.0.0.1', port: Number(process.argv[2]) });
process.send?.('ready');
