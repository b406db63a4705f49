import 'element-plus/es/components/select/style/css'

export { ElOption, ElSelect } from 'element-plus/es/components/select/index'
