// The raw limit: a WebSocket server that parses every frame, answers it, and does nothing else.
import { WebSocketServer } from 'ws';

const answers: Readonly<Record<string, string>> = {
  Authorize: '{"idTokenInfo":{"status":"Accepted"}}',
  BatterySwap: '{}',
};

const server = new WebSocketServer({ port: Number(process.argv[2]), host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (ws) => {
  ws.on('message', (data: Buffer) => {
    const [, messageId, action] = JSON.parse(data.toString()) as [number, string, string];
    ws.send(`[3,${JSON.stringify(messageId)},${answers[action]}]`);
  });
});
server.on('listening', () => process.send?.('ready'));
