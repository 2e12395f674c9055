export {
  type Api,
  type Call,
  pageOf,
  pageQuery,
  problem,
  type Reply,
  type Route,
  route,
  type Scope,
  scopes,
} from './route.ts';
