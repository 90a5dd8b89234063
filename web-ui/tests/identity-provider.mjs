// A real OpenID Connect provider for the tests of single sign-on, on a port of its own.
//
//   node identity-provider.mjs ADDRESS-OF-REPLYLOOP [END-OF-ITS-NAME]
//
// Prints the port. `PUT /people` gives it its people: an object of claims by the name with which they sign in, with any
// password. It ends with its standard input.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import { Provider } from 'oidc-provider';

const replyloop = process.argv[2];
let people = {};

const server = createServer();
await new Promise((resolve) => server.listen(0, 'localhost', resolve));
const { port } = server.address();
const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
const provider = new Provider(`http://localhost:${port}${process.argv[3] ?? ''}`, {
  clients: [
    {
      client_id: 'replyloop',
      client_secret: 'the secret of the tests',
      redirect_uris: [`${replyloop}/api/session/single-sign-on/enter`],
      post_logout_redirect_uris: [`${replyloop}/console/`],
      backchannel_logout_uri: `${replyloop}/api/session/single-sign-on/signed-out`,
    },
  ],
  jwks: { keys: [{ ...key, use: 'sig', alg: 'RS256', kid: 'tests' }] },
  cookies: { keys: ['cookies of the tests'] },
  claims: {
    openid: ['sub', 'sid'],
    email: ['email', 'email_verified'],
    profile: ['name', 'groups', 'realm_access'],
  },
  // It calls nobody on its own machine otherwise.
  fetch: (address, options) => fetch(address, { ...options, dispatcher: undefined }),
  features: { backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  pkce: { required: () => true },
  findAccount: (context, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  // Nobody of the company is asked whether the company may know who they are.
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({
      clientId: oidc.client.clientId,
      accountId: oidc.session.accountId,
    });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
});
const answer = provider.callback();
server.on('request', (request, response) => {
  if (request.method !== 'PUT' || request.url !== '/people') return answer(request, response);
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    people = { ...people, ...JSON.parse(body) };
    response.writeHead(204).end();
  });
});
process.stdin.resume();
process.stdin.on('end', () => process.exit());
console.log(port);
