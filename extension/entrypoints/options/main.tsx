import { render } from 'preact'
import { followStatus } from '../../state/status.ts'
import { OptionsPage } from './options-page.tsx'

followStatus()
const place = document.getElementById('page')
if (place) render(<OptionsPage />, place)
