import { render } from 'preact';
import { whenReadable } from '../shared/browser';
import { startLanguage } from '../shared/language';
import '../shared/theme.css';
import '../shared/typeface.css';
import { JoinPage } from './join';

// Another link that is opened in the same tab differs only in what follows the #.
addEventListener('hashchange', () => location.reload());
whenReadable(startLanguage(), (app) => render(<JoinPage token={location.hash.slice(1)} />, app));
