import { render } from 'preact'
import { followStatus } from '../../state/status.ts'
import { PopupPage } from './popup-page.tsx'

followStatus()
const place = document.getElementById('page')
if (place) render(<PopupPage />, place)
